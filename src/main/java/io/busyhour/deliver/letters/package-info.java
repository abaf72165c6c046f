/**
 * What became of deliveries, for people: lists of them, what each attempt was answered, dead
 * letters that are asked for once more, and how long all of this is kept.
 */
package io.busyhour.deliver.letters;
