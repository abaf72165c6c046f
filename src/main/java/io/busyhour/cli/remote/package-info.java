/** A running Busyhour as a client sees it: its answers, and events delivered until stored. */
package io.busyhour.cli.remote;
