/**
 * Proofs of what a database holds, and the verifier that checks them. It uses only the JDK, so that whoever holds a
 * root can check an answer without having the database.
 */
package org.avccdb.proof;
