/**
 * The one vocabulary behind all doors: what was heard, in the words of API.md, as records behind
 * one sealed interface. No input or output, no clock.
 */
package io.busyhour.event;
