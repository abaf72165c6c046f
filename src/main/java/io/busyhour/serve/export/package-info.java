/** All calls of some days as one stream. Reads the projection's rows, a stretch at a time. */
package io.busyhour.serve.export;
