package org.dailypapers.desk.page;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.desk.DeskWork;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.desk.door.ForStrangers;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.operator.ApiTokens;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Right;
import org.dailypapers.operator.Role;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every route of the desk, as each role, as nobody, and with what readers have. */
@QuarkusTest
class DeskRoutesTest {

    @Inject
    FreshService service;

    @Inject
    DeskVisits visits;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @Inject
    ApiTokens apiTokens;

    @Inject
    Operators operators;

    @Inject
    DeskWork work;

    record Route(String verb, String path, Method method) {

        boolean api() {
            return path.startsWith("/api/");
        }

        boolean look() {
            return verb.equals("GET");
        }

        boolean forStrangers() {
            return method.isAnnotationPresent(ForStrangers.class);
        }

        Right right() {
            return method.getAnnotation(Needs.class).value();
        }

        Response ask(RequestSpecification request) {
            RequestSpecification plain = request.redirects().follow(false);
            return (look() ? plain : plain.contentType("application/x-www-form-urlencoded")).request(verb, path);
        }

        @Override
        public String toString() {
            return verb + " " + path;
        }
    }

    @BeforeEach
    void begin() {
        service.at("2026-01-15T12:00:00Z");
    }

    /** All of ours. */
    private static List<Class<?>> classes() {
        java.nio.file.Path root = java.nio.file.Path.of("classes");
        try (Stream<java.nio.file.Path> files = Files.walk(root.resolve("org/dailypapers"))) {
            var classes = new ArrayList<Class<?>>();
            for (java.nio.file.Path file :
                    files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                if (!name.endsWith("package-info")) {
                    classes.add(Class.forName(name, false, DeskRoutesTest.class.getClassLoader()));
                }
            }
            return classes;
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Route> routes() {
        var routes = new ArrayList<Route>();
        for (Class<?> type : classes()) {
            Path above = type.getAnnotation(Path.class);
            if (above == null) {
                continue;
            }
            boolean desks = type.getPackageName().startsWith("org.dailypapers.desk.page");
            for (Method method : type.getDeclaredMethods()) {
                boolean get = method.isAnnotationPresent(GET.class);
                if (!get && !method.isAnnotationPresent(POST.class)) {
                    continue;
                }
                Path below = method.getAnnotation(Path.class);
                String path = (above.value() + (below == null ? "" : "/" + below.value())).replaceAll("/+", "/");
                path = (path.startsWith("/") ? path : "/" + path)
                        .replaceAll("\\{date[^/]*}", "2026-01-14")
                        .replaceAll("\\{id[^/]*}", "999999")
                        .replaceAll("\\{act:(\\w+)[^}]*}", "$1")
                        .replaceAll("\\{act}", "pause")
                        .replaceAll("\\{[^}]*}", "nothing");
                assertEquals(
                        desks,
                        path.equals("/desk") || path.startsWith("/desk/") || path.startsWith("/api/v1/desk"),
                        path + " is the desk's, or is not");
                if (desks) {
                    routes.add(new Route(get ? "GET" : "POST", path, method));
                }
            }
        }
        assertTrue(routes.size() > 10, routes.toString());
        return routes;
    }

    @Test
    void eachRouteSaysWhomItIsFor() {
        for (Route route : routes()) {
            assertTrue(route.forStrangers() || route.method().isAnnotationPresent(Needs.class), route.toString());
        }
    }

    private static void refused(Route route, Response answer) {
        if (route.api()) {
            assertEquals(401, answer.statusCode(), route.toString());
        } else {
            assertEquals(303, answer.statusCode(), route.toString());
            assertTrue(answer.header("Location").contains("/desk/sign-in"), route.toString());
            assertEquals("", answer.asString(), route.toString());
        }
    }

    @Test
    void strangersAndReadersAreSentToTheDoor() {
        Subscriber reader = house.reader("ada").interestedIn("graph").confirmed();
        for (Route route : routes()) {
            if (route.forStrangers()) {
                continue;
            }
            refused(route, route.ask(given()));
            for (TokenPurpose purpose : TokenPurpose.values()) {
                String token = tokens.issue(purpose, reader.id);
                refused(route, route.ask(given().cookie(DeskDoor.COOKIE, token)));
                refused(route, route.ask(given().header("Authorization", "Bearer " + token)));
            }
        }
    }

    @Test
    void eachRoleIsLetInWhereItBelongsAndNowhereElse() {
        for (Route route : routes()) {
            if (route.forStrangers() || route.api()) {
                continue;
            }
            for (Role role : Role.values()) {
                DeskVisits.Visit visit = visits.as(role);
                String csrf = visit.csrf();
                RequestSpecification request = visit.request();
                Response answer = route.ask(route.look() ? request : request.formParam("csrf", csrf));
                String which = role + " " + route + " " + answer.statusCode();
                if (role.may(route.right())) {
                    assertNotEquals(403, answer.statusCode(), which);
                    assertTrue(answer.statusCode() < 500, which);
                } else {
                    assertEquals(403, answer.statusCode(), which);
                }
            }
        }
        await().until(() -> work.running().isEmpty());
    }

    @Test
    void noFormIsTakenWithoutWhatTheSessionsFormsCarry() {
        String others = visits.as(Role.VIEWER).csrf();
        for (Route route : routes()) {
            if (route.forStrangers() || route.api() || route.look()) {
                continue;
            }
            DeskVisits.Visit owner = visits.as(Role.OWNER);
            assertEquals(403, route.ask(owner.request()).statusCode(), route.toString());
            assertEquals(
                    403, route.ask(owner.request().formParam("csrf", others)).statusCode(), route.toString());
            assertEquals(
                    403,
                    route.ask(owner.request().formParam("csrf", owner.csrf()).header("Origin", "https://evil.example"))
                            .statusCode(),
                    route.toString());
        }
    }

    @Test
    void aTokenMayWhatItIsForAndNoMoreThanItsOperator() {
        visits.as(Role.VIEWER);
        visits.as(Role.OWNER);
        Operator viewer = operators.find("viewer@example.org").orElseThrow();
        Operator owner = operators.find("owner@example.org").orElseThrow();
        String tooMuch = apiTokens.make(viewer, "too much", Set.of(Right.values()));
        for (Route route : routes()) {
            if (!route.api()) {
                continue;
            }
            for (Right right : Right.values()) {
                String token = apiTokens.make(owner, right.name(), Set.of(right));
                Response answer = route.ask(given().header("Authorization", "Bearer " + token));
                assertEquals(
                        right != route.right(), answer.statusCode() == 403, right + " " + route + answer.statusCode());
            }
            assertEquals(
                    route.right() != Right.LOOK,
                    route.ask(given().header("Authorization", "Bearer " + tooMuch))
                                    .statusCode()
                            == 403,
                    route.toString());
        }
        DeskVisits.Visit visit = visits.as(Role.OWNER);
        assertEquals(
                401,
                given().cookie(DeskDoor.COOKIE, visit.cookie())
                        .get("/api/v1/desk/today")
                        .statusCode());
        assertEquals(
                303,
                given().redirects()
                        .follow(false)
                        .header("Authorization", "Bearer " + tooMuch)
                        .get("/desk")
                        .statusCode());
    }

    @Test
    void whatTheDeskAnswersIsKeptByNobodyAndFramedNowhere() {
        Response page = visits.as(Role.OWNER).get("/desk");
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals(
                "no-store",
                given().header("Authorization", "Bearer none")
                        .get("/api/v1/desk/today")
                        .header("Cache-Control"));
        assertEquals("DENY", page.header("X-Frame-Options"));
        assertNotNull(page.header("Content-Security-Policy"));
    }
}
