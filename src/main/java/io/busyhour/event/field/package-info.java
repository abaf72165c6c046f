/** How the fields of an event are read and written, and the rules that a value must keep. */
package io.busyhour.event.field;
