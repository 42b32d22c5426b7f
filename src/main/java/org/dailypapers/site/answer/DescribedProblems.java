package org.dailypapers.site.answer;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the API's description how each of its operations refuses: with a problem (RFC 9457). */
public final class DescribedProblems implements OASFilter {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> STATUSES = Map.of(
            "400", "Something that was asked cannot be read; detail says what",
            "404", "There is nothing at this address",
            "503", "Not just now; the header Retry-After says when to ask again");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        Schema problem = OASFactory.createSchema().addType(Schema.SchemaType.OBJECT);
        List.of("type", "title", "detail")
                .forEach(name ->
                        problem.addProperty(name, OASFactory.createSchema().addType(Schema.SchemaType.STRING)));
        problem.addProperty("status", OASFactory.createSchema().addType(Schema.SchemaType.INTEGER));
        api.getComponents().addSchema(PROBLEM, problem);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .values()
                .forEach(operation -> STATUSES.forEach(
                        (status, meaning) -> operation.getResponses().addAPIResponse(status, response(meaning)))));
    }

    private static APIResponse response(String meaning) {
        return OASFactory.createAPIResponse()
                .description(meaning)
                .content(OASFactory.createContent()
                        .addMediaType(
                                "application/problem+json",
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref(PROBLEM))));
    }
}
