/** The JSON views. */
package io.busyhour.serve.view;
