package org.dailypapers.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a column holds, in the same form from either database. */
enum ColumnKind {
    NUMBER {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            long number = row.getLong(column);
            return row.wasNull() ? null : number;
        }

        @Override
        void write(JsonGenerator json, Object value) throws IOException {
            json.writeNumber((Long) value);
        }

        @Override
        Object parse(JsonNode node) {
            return node.longValue();
        }
    },
    /** Written as text: JSON knows neither NaN nor infinity. */
    FRACTION {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            double number = row.getDouble(column);
            return row.wasNull() ? null : number;
        }

        @Override
        Object parse(JsonNode node) {
            return Double.valueOf(node.textValue());
        }
    },
    TRUTH {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            boolean truth = row.getBoolean(column);
            return row.wasNull() ? null : truth;
        }

        @Override
        void write(JsonGenerator json, Object value) throws IOException {
            json.writeBoolean((Boolean) value);
        }

        @Override
        Object parse(JsonNode node) {
            return node.booleanValue();
        }
    },
    DATE {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, LocalDate.class);
        }

        @Override
        Object parse(JsonNode node) {
            return LocalDate.parse(node.textValue());
        }
    },
    MOMENT {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
            return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC);
        }

        @Override
        void write(JsonGenerator json, Object value) throws IOException {
            json.writeString(((OffsetDateTime) value).toInstant().toString());
        }

        @Override
        Object parse(JsonNode node) {
            return OffsetDateTime.parse(node.textValue());
        }
    },
    TEXT {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }

        @Override
        Object parse(JsonNode node) {
            return node.textValue();
        }
    },
    IDENTIFIER {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getObject(column, UUID.class);
        }

        @Override
        Object parse(JsonNode node) {
            return UUID.fromString(node.textValue());
        }
    },
    BYTES {
        @Override
        @Nullable
        Object read(ResultSet row, int column) throws SQLException {
            return row.getBytes(column);
        }

        @Override
        void write(JsonGenerator json, Object value) throws IOException {
            json.writeString(Base64.getEncoder().encodeToString((byte[]) value));
        }

        @Override
        Object parse(JsonNode node) {
            return Base64.getDecoder().decode(node.textValue());
        }
    };

    abstract @Nullable Object read(ResultSet row, int column) throws SQLException;

    void write(JsonGenerator json, Object value) throws IOException {
        json.writeString(value.toString());
    }

    /** The value that was written so; the node is not null. */
    abstract Object parse(JsonNode node);

    /** What a column of that type holds; empty where that is none of these. */
    static Optional<ColumnKind> of(int type, String name) {
        if (name.equals("timestamptz")) {
            return Optional.of(MOMENT); // PostgreSQL's driver calls it a TIMESTAMP.
        }
        if (name.equalsIgnoreCase("uuid")) {
            return Optional.of(IDENTIFIER); // To H2 these are bytes, to PostgreSQL something else.
        }
        return Optional.ofNullable(
                switch (type) {
                    case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> NUMBER;
                    case Types.DOUBLE, Types.FLOAT -> FRACTION;
                    case Types.BOOLEAN, Types.BIT -> TRUTH;
                    case Types.DATE -> DATE;
                    case Types.TIMESTAMP_WITH_TIMEZONE -> MOMENT;
                    case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
                    default -> null;
                });
    }
}
