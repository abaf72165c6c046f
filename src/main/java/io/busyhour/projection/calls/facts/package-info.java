/** What all kinds of rows are made with: which statement of a fact stands, and what waits. */
package io.busyhour.projection.calls.facts;
