/** Feeds every parser of outside input with what nobody meant to send. */
package io.busyhour.receive.fuzz;
