/**
 * MicroProfile's {@code @Counted} and {@code @Timed} with label values that are known only when a
 * method is called: {@link io.busyhour.instrument.label.Label} on its parameters, or on itself for
 * its result and its exception. A portable CDI extension takes such methods from MicroProfile and
 * has them counted by {@link io.busyhour.instrument.Meters}; all others are left as they are.
 */
package io.busyhour.instrument.label;
