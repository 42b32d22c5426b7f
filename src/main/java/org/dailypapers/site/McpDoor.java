package org.dailypapers.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Model Context Protocol over HTTP (streamable, without sessions): one JSON-RPC request a post, answered at once.
 * Everything that can be asked is read-only, and public but for one's own letters: they take the token of one's feed, as
 * the bearer's or in the address.
 */
@Path("/mcp")
@Blocking
public class McpDoor {

    private static final List<String> VERSIONS = List.of("2025-06-18", "2025-03-26", "2024-11-05");
    private static final String BEARER = "Bearer ";
    private static final int NOT_JSON = -32700;
    private static final int NO_REQUEST = -32600;
    private static final int NO_SUCH_METHOD = -32601;
    private static final int WRONG_PARAMETERS = -32602;

    private final McpTools tools;
    private final ObjectMapper json;
    private final String version;

    McpDoor(
            McpTools tools,
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "1") String version) {
        this.tools = tools;
        this.json = json;
        this.version = version;
    }

    /** There is no stream of events to listen to. */
    @GET
    public Response listen() {
        return Response.status(Response.Status.METHOD_NOT_ALLOWED)
                .header("Allow", "POST")
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response post(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body) {
        JsonNode request;
        try {
            request = json.readTree(body);
        } catch (JsonProcessingException e) {
            return Response.status(400)
                    .entity(fault(null, NOT_JSON, "The body is no JSON."))
                    .build();
        }
        if (request == null || !request.isObject() || !request.path("method").isTextual()) {
            return Response.status(400)
                    .entity(fault(null, NO_REQUEST, "A JSON-RPC request has a method; one a post."))
                    .build();
        }
        JsonNode id = request.get("id");
        if (id == null) {
            return Response.accepted().build(); // A notification is answered by nothing.
        }
        return Response.ok(answer(id, request.path("method").asText(), request.path("params"), bearer(authorization)))
                .build();
    }

    private static Optional<String> bearer(String authorization) {
        return Optional.ofNullable(authorization)
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).strip());
    }

    private ObjectNode answer(JsonNode id, String method, JsonNode params, Optional<String> feed) {
        return switch (method) {
            case "initialize" ->
                result(id, welcome(params.path("protocolVersion").asText()));
            case "ping" -> result(id, json.createObjectNode());
            case "tools/list" -> {
                ObjectNode list = json.createObjectNode();
                list.set("tools", tools.list());
                yield result(id, list);
            }
            case "tools/call" -> call(id, params, feed);
            default -> fault(id, NO_SUCH_METHOD, "There is no method " + method + ".");
        };
    }

    private ObjectNode welcome(String wished) {
        ObjectNode welcome = json.createObjectNode();
        welcome.put("protocolVersion", VERSIONS.contains(wished) ? wished : VERSIONS.getFirst());
        welcome.putObject("capabilities").putObject("tools").put("listChanged", false);
        welcome.putObject("serverInfo").put("name", "daily-papers").put("version", version);
        return welcome;
    }

    /** A tool that cannot do what it is asked says so in its result, for the model to read. */
    private ObjectNode call(JsonNode id, JsonNode params, Optional<String> feed) {
        ObjectNode result = json.createObjectNode();
        try {
            String name = params.path("name").asText("");
            Optional<Object> found = tools.call(name, params.path("arguments"), feed);
            if (found.isEmpty()) {
                return fault(id, WRONG_PARAMETERS, "There is no tool " + name + ".");
            }
            JsonNode content = json.valueToTree(found.get());
            text(result, content.toString());
            result.set("structuredContent", content);
            result.put("isError", false);
        } catch (IllegalArgumentException e) {
            text(result, String.valueOf(e.getMessage()));
            result.put("isError", true);
        }
        return result(id, result);
    }

    private static void text(ObjectNode result, String text) {
        result.putArray("content").addObject().put("type", "text").put("text", text);
    }

    private ObjectNode result(JsonNode id, JsonNode result) {
        ObjectNode answer = json.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("result", result);
        return answer;
    }

    private ObjectNode fault(JsonNode id, int code, String message) {
        ObjectNode answer = json.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }
}
