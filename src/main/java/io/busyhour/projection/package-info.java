/**
 * Folds what the journal holds, in its order, into rows and figures. One thread reads a batch of
 * entries, keeps the rows, hands every change of a row to the folds that live on it, and commits
 * rows, figures and its position in one transaction: after a crash all of them continue from the
 * same entry.
 */
package io.busyhour.projection;
