/** The door for events as CloudEvents 1.0 over HTTP, in all content modes, and as NDJSON. */
package io.busyhour.receive.cloudevents;
