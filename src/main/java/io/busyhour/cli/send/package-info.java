/** Sends the events of a file to a server, so that it can be done again after a failure. */
package io.busyhour.cli.send;
