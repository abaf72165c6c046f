/** The rows of calls, and what they count for and when. */
package io.busyhour.projection.calls.call;
