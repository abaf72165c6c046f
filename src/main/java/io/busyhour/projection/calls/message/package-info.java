/** The rows of messages. */
package io.busyhour.projection.calls.message;
