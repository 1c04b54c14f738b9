/** The agents that do the background work step by step, and the threads, or the scheduler for tests, that run them. */
package org.avccdb.engine.threading;
