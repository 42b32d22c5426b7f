package org.dailypapers.matching.likeness;

import java.util.Arrays;
import java.util.Random;

/**
 * The strongest axes of a matrix of papers and terms: its singular value decomposition, cut off, by subspace iteration
 * from a start drawn with a fixed seed (Halko, Martinsson and Tropp 2011, algorithm 4.4).
 */
final class LatentAxes {

    private static final long SEED = 1;
    private static final int SPARE = 16;
    private static final int ROUNDS = 4;

    /** What is weaker than this part of the strongest is noise of the arithmetic. */
    private static final double NOISE = 1e-6;

    /** The power of an axis's strength by which its places are multiplied. */
    private static final double DAMPING = -0.25;

    private LatentAxes() {}

    /**
     * Where each column of the matrix points.
     *
     * @param axes how many are wanted
     * @param room the length of a vector; zeros stand where there is no axis
     */
    static float[][] ofTerms(SparseRows papers, int axes, int room) {
        int size = Math.min(axes + SPARE, papers.height());
        var random = new Random(SEED);
        float[][] papersAt = new float[papers.height()][size];
        for (float[] row : papersAt) {
            for (int i = 0; i < size; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        papersAt = orthonormal(papersAt, size);
        for (int round = 0; round < ROUNDS; round++) {
            papersAt = orthonormal(papers.times(papers.transposedTimes(papersAt, size), size), size);
        }
        float[][] terms = papers.transposedTimes(papersAt, size);
        var strengths = SymmetricEigen.of(gram(terms, size));
        double strongest = Math.sqrt(Math.max(strengths.value(0), 0));
        double[][] turn = new double[size][room];
        for (int axis = 0; axis < Math.min(axes, size); axis++) {
            double strength = Math.sqrt(Math.max(strengths.value(axis), 0));
            if (strength > NOISE * strongest) {
                // V = Bᵀ·U/s; a paper's place is what its terms add up to, U·s, here times s^DAMPING.
                double scale = Math.pow(strength / strongest, DAMPING) / strength;
                for (int i = 0; i < size; i++) {
                    turn[i][axis] = strengths.vector(axis, i) * scale;
                }
            }
        }
        return times(terms, turn, room);
    }

    /** Columns that span the same, at right angles and of length 1; zeros where they spanned less. */
    private static float[][] orthonormal(float[][] matrix, int size) {
        var eigen = SymmetricEigen.of(gram(matrix, size));
        double[][] turn = new double[size][size];
        for (int axis = 0; axis < size; axis++) {
            double square = eigen.value(axis);
            if (square > NOISE * NOISE * eigen.value(0)) {
                for (int i = 0; i < size; i++) {
                    turn[i][axis] = eigen.vector(axis, i) / Math.sqrt(square);
                }
            }
        }
        return times(matrix, turn, size);
    }

    private static double[][] gram(float[][] matrix, int size) {
        double[][] gram = new double[size][size];
        for (float[] row : matrix) {
            for (int i = 0; i < size; i++) {
                double value = row[i];
                double[] sums = gram[i];
                for (int j = 0; j < size; j++) {
                    sums[j] += value * row[j];
                }
            }
        }
        return gram;
    }

    private static float[][] times(float[][] matrix, double[][] turn, int columns) {
        float[][] product = new float[matrix.length][columns];
        double[] sum = new double[columns];
        for (int row = 0; row < matrix.length; row++) {
            Arrays.fill(sum, 0);
            for (int i = 0; i < turn.length; i++) {
                double value = matrix[row][i];
                for (int j = 0; j < columns; j++) {
                    sum[j] += value * turn[i][j];
                }
            }
            for (int j = 0; j < columns; j++) {
                product[row][j] = (float) sum[j];
            }
        }
        return product;
    }
}
