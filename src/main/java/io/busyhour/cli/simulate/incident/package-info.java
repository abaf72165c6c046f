/**
 * What goes wrong on purpose: {@link io.busyhour.cli.simulate.incident.Incident} lists it, {@link
 * io.busyhour.cli.simulate.incident.Trouble} says when it does. What it does not touch stays as it
 * was, to the last byte.
 */
package io.busyhour.cli.simulate.incident;
