/** Opening what is there: replay of journals, rebuild of a lost manifest, verification, checkpoints. */
package org.avccdb.engine.recovery;
