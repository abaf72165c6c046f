/** Commands that copy all calls of some days into a file, and go on where they were cut off. */
package io.busyhour.cli.export;
