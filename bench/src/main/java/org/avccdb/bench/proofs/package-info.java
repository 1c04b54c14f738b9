/** What authentication costs: fills with and without it, roots, proofs, their sizes, and their verification. */
package org.avccdb.bench.proofs;
