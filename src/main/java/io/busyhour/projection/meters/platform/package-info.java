/** The {@code warp_*} families of a carrier platform's interfaces, look-ups and machines. */
package io.busyhour.projection.meters.platform;
