package org.dailypapers.matching.likeness;

import java.util.Map;

/** A matrix of which each row holds few columns. */
final class SparseRows {

    private final int[][] columns;
    private final float[][] values;
    private final int width;
    private int rows;

    SparseRows(int rows, int width) {
        columns = new int[rows][];
        values = new float[rows][];
        this.width = width;
    }

    void add(Map<Integer, Double> row) {
        int[] column = new int[row.size()];
        float[] value = new float[row.size()];
        int n = 0;
        for (Map.Entry<Integer, Double> cell : row.entrySet()) {
            column[n] = cell.getKey();
            value[n++] = cell.getValue().floatValue();
        }
        columns[rows] = column;
        values[rows++] = value;
    }

    int height() {
        return rows;
    }

    int width() {
        return width;
    }

    /** This times a dense matrix of as many rows as this has columns. */
    float[][] times(float[][] dense, int columnsOfIt) {
        float[][] product = new float[rows][columnsOfIt];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns[row].length; i++) {
                add(dense[columns[row][i]], values[row][i], product[row]);
            }
        }
        return product;
    }

    /** This, its rows and columns exchanged, times a dense matrix of as many rows as this has. */
    float[][] transposedTimes(float[][] dense, int columnsOfIt) {
        float[][] product = new float[width][columnsOfIt];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < columns[row].length; i++) {
                add(dense[row], values[row][i], product[columns[row][i]]);
            }
        }
        return product;
    }

    private static void add(float[] what, float times, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += times * what[i];
        }
    }
}
