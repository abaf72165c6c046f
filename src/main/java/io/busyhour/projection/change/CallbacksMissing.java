package io.busyhour.projection.change;

/**
 * Callbacks about one call that never came, though later ones did.
 *
 * @param source whose they are
 * @param count how many were found missing now
 */
public record CallbacksMissing(String source, int count) implements Change {}
