/**
 * What every HTTP resource shares: who may call it, how it reads what it is asked, refusals with a
 * reason from a closed list, and the one exception mapper.
 */
package io.busyhour.http;
