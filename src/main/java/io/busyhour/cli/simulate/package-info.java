/**
 * Believable phone traffic, reproducible by seed: {@link io.busyhour.cli.simulate.Plan} says what
 * happens when, {@link io.busyhour.cli.simulate.Simulation} sends it over HTTP when it is due.
 */
package io.busyhour.cli.simulate;
