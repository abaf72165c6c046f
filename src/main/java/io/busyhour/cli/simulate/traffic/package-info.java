/**
 * The model that simulated traffic is drawn from: who calls whom over what, at which time of day,
 * how a call or a message goes, and what it brings with it. Chance comes in as {@link
 * io.busyhour.cli.simulate.traffic.Dice}; there is neither clock nor network.
 */
package io.busyhour.cli.simulate.traffic;
