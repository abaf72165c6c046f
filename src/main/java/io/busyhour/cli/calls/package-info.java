/** Commands that show single calls. */
package io.busyhour.cli.calls;
