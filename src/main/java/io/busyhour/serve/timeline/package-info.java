/** What happened to one call, event by event. Reads the journal. */
package io.busyhour.serve.timeline;
