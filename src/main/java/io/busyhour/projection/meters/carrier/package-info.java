/** The figures of carriers and their customers about calls: by account, trunk and zone. */
package io.busyhour.projection.meters.carrier;
