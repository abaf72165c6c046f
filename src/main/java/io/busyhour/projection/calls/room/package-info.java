/**
 * Rooms in which calls meet people and agents: what follows from who was there when for the calls,
 * and rooms that are calls themselves.
 */
package io.busyhour.projection.calls.room;
