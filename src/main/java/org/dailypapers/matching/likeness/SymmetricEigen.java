package org.dailypapers.matching.likeness;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The eigenvalues and eigenvectors of a small symmetric matrix, the largest value first, by Jacobi's rotations. */
final class SymmetricEigen {

    private static final int MOST_SWEEPS = 30;
    private static final double ENOUGH = 1e-22;

    private final double[][] matrix;
    private final double[][] vectors;
    private final int[] order;

    private SymmetricEigen(double[][] matrix) {
        int n = matrix.length;
        this.matrix = matrix;
        vectors = new double[n][n];
        for (int i = 0; i < n; i++) {
            vectors[i][i] = 1;
        }
        double all = 0;
        for (double[] row : matrix) {
            for (double value : row) {
                all += value * value;
            }
        }
        for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal() > ENOUGH * all; sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(p, q);
                }
            }
        }
        order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -matrix[i][i]).thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }

    /** @param matrix is changed */
    static SymmetricEigen of(double[][] matrix) {
        return new SymmetricEigen(matrix);
    }

    double value(int place) {
        return matrix[order[place]][order[place]];
    }

    /** The i-th number of the eigenvector at that place. */
    double vector(int place, int i) {
        return vectors[order[place]][i];
    }

    private double offDiagonal() {
        double sum = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < i; j++) {
                sum += 2 * matrix[i][j] * matrix[i][j];
            }
        }
        return sum;
    }

    /** Golub and Van Loan, Matrix Computations, §8.5.2. */
    private void rotate(int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double tau = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double c = 1 / Math.sqrt(1 + t * t);
        double s = t * c;
        double[] rowP = matrix[p];
        double[] rowQ = matrix[q];
        for (int i = 0; i < rowP.length; i++) {
            double atP = rowP[i];
            double atQ = rowQ[i];
            rowP[i] = c * atP - s * atQ;
            rowQ[i] = s * atP + c * atQ;
        }
        for (double[] row : matrix) {
            double atP = row[p];
            double atQ = row[q];
            row[p] = c * atP - s * atQ;
            row[q] = s * atP + c * atQ;
        }
        double[] vectorP = vectors[p];
        double[] vectorQ = vectors[q];
        for (int i = 0; i < vectorP.length; i++) {
            double atP = vectorP[i];
            double atQ = vectorQ[i];
            vectorP[i] = c * atP - s * atQ;
            vectorQ[i] = s * atP + c * atQ;
        }
    }
}
