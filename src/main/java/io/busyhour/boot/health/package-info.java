/** MicroProfile Health: live, ready, started. */
package io.busyhour.boot.health;
