package org.dailypapers.desk.page;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Role;
import org.dailypapers.operator.Sessions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Signs operators in for tests, by the pages or without them. */
@ApplicationScoped
public class DeskVisits {

    public static final String PASSWORD = "three small words";

    private final Operators operators;
    private final Sessions sessions;
    private final Database database;
    private final MovedClock clock;

    DeskVisits(Operators operators, Sessions sessions, Database database, MovedClock clock) {
        this.operators = operators;
        this.sessions = sessions;
        this.database = database;
        this.clock = clock;
    }

    /** A browser that is signed in. */
    public record Visit(String cookie) {

        public RequestSpecification request() {
            return given().redirects().follow(false).cookie(DeskDoor.COOKIE, cookie);
        }

        /** A form, with what each form of this session carries. */
        public Response post(String path, Map<String, String> fields) {
            return request()
                    .contentType("application/x-www-form-urlencoded")
                    .formParams(fields)
                    .formParam("csrf", csrf())
                    .post(path);
        }

        public Response get(String path) {
            return request().get(path);
        }

        public Document page(String path) {
            return Jsoup.parse(get(path).then().statusCode(200).extract().asString());
        }

        public String csrf() {
            return Jsoup.parse(get("/desk/account").asString())
                    .selectFirst("input[name=csrf]")
                    .val();
        }
    }

    /** Somebody with that role who is signed in, without the cost of a password. */
    public Visit as(Role role) {
        String email = role.word() + "@example.org";
        if (operators.find(email).isEmpty()) {
            operators.invite(email, role, "a test");
            database.update("update desk_operator set password = 'x' where email_key = '" + email + "'");
        }
        Operator operator = operators.find(email).orElseThrow();
        return new Visit(sessions.begin(operator, null));
    }

    /** What an operator has who has signed up by the link's page. */
    public record Enrolled(String email, byte[] secret, Response answer) {}

    public Enrolled enrol(String email, Role role) {
        String path = "/desk/welcome/" + operators.invite(email, role, "a test");
        Document page =
                Jsoup.parse(given().get(path).then().statusCode(200).extract().asString());
        byte[] secret = base32(page.selectFirst("code").text().replace(" ", ""));
        Response answer = given().contentType("application/x-www-form-urlencoded")
                .formParam("password", PASSWORD)
                .formParam("code", code(secret, clock.instant()))
                .post(path);
        return new Enrolled(email, secret, answer);
    }

    /** An app's own reckoning. */
    public static String code(byte[] secret, Instant now) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(
                    ByteBuffer.allocate(8).putLong(now.getEpochSecond() / 30).array());
            int at = hash[19] & 15;
            int number = (hash[at] & 127) << 24
                    | (hash[at + 1] & 255) << 16
                    | (hash[at + 2] & 255) << 8
                    | hash[at + 3] & 255;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base32(String text) {
        var bits = new StringBuilder();
        for (char c : text.toCharArray()) {
            String five = Integer.toBinaryString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c));
            bits.append("0".repeat(5 - five.length())).append(five);
        }
        var bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }
}
