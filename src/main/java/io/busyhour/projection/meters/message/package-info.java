/** What text messages add to the {@code warp_sms_*} families. */
package io.busyhour.projection.meters.message;
