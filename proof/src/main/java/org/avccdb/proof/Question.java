package org.avccdb.proof;

import java.util.List;

/** What is asked, and how a proof must look to answer it. */
interface Question {
    QuestionKind kind();

    /**
     * The answer, if all records that may matter are shown.
     *
     * @param proof whose structure is {@link StructureCheck checked}, but not that it leads to the root
     * @return the records that are the answer
     * @throws ProofRejectedException if records are not shown that may matter
     */
    List<OpenedLeaf> answer(Proof proof);

    /** Nothing can be within inverted bounds: no run is opened. */
    static List<OpenedLeaf> nothing(final Proof proof) {
        if (!proof.runs().isEmpty() || proof.endKey() != null) {
            throw new ProofRejectedException("runs are opened though the bounds are inverted");
        }
        return List.of();
    }
}
