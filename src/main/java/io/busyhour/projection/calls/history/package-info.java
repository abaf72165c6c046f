/** Calls one after the other, by when they began: lists of them, and all of them for an export. */
package io.busyhour.projection.calls.history;
