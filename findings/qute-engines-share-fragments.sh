#!/usr/bin/env bash
# Version: Quarkus 3.33.2 (io.quarkus.qute:qute-core).
#
# Behaviour: Engine.newBuilder() makes a builder of "the current state" of an engine, but the engine that it builds cannot
# parse a template with a fragment where the first one has parsed another with a fragment of that name. The helper of
# {#fragment} remembers the names of a template under its generated id, is copied by reference, and each engine counts
# these ids from 1 again. A helper of its own, added to the builder, mends it.
#
# Output seen:
#   the first engine: parsed
#   an engine made of it: Parser error in template [other:1]: found a non-unique fragment identifier: [head]
#   the same with a helper of its own: parsed
#
# Date: 2026-12-01. Needs a JDK 21 or later, Maven and Maven Central.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>a</groupId><artifactId>a</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.quarkus.qute</groupId><artifactId>qute-core</artifactId><version>3.33.2</version>
  </dependency></dependencies>
</project>
XML

cat >Main.java <<'JAVA'
import io.quarkus.qute.Engine;
import io.quarkus.qute.FragmentSectionHelper;
import io.quarkus.qute.TemplateException;

class Main {
    public static void main(String[] arguments) {
        Engine first = Engine.builder().addDefaults().build();
        say("the first engine", first, "one");
        say("an engine made of it", first.newBuilder().build(), "other");
        say(
                "the same with a helper of its own",
                first.newBuilder().addSectionHelper(new FragmentSectionHelper.Factory()).build(),
                "other");
    }

    private static void say(String which, Engine engine, String name) {
        try {
            engine.parse("{#fragment id=head}x{/fragment}", null, name);
            System.out.println(which + ": parsed");
        } catch (TemplateException e) {
            System.out.println(which + ": " + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
JAVA

${MVN:-mvn} -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 ||
  { tail -20 mvn.log; exit 1; }
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$(cat classpath)" Main.java 2>/dev/null
