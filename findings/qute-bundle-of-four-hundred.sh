#!/usr/bin/env bash
# Version: Quarkus 3.33.2 (io.quarkus:quarkus-qute).
#
# Behaviour: a message bundle (@MessageBundle) with 401 messages that have a parameter builds without a word, and the
# application dies at its start with a VerifyError: the lookup by name is generated in groups of 300, and the call of the
# next group passes the bundle itself where the result should stand. 301 messages work.
#
# Output seen:
#   300 messages: started
#   301 messages: started
#   401 messages: java.lang.VerifyError: Bad type on operand stack
#
# Date: 2026-11-30. Needs a JDK 21 or later, Maven and Maven Central.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java/a src/main/resources

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>a</groupId><artifactId>a</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <maven.compiler.parameters>true</maven.compiler.parameters>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencyManagement><dependencies><dependency>
    <groupId>io.quarkus.platform</groupId><artifactId>quarkus-bom</artifactId><version>3.33.2</version>
    <type>pom</type><scope>import</scope>
  </dependency></dependencies></dependencyManagement>
  <dependencies><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-qute</artifactId></dependency></dependencies>
  <build><plugins><plugin>
    <groupId>io.quarkus.platform</groupId><artifactId>quarkus-maven-plugin</artifactId><version>3.33.2</version>
    <extensions>true</extensions>
    <executions><execution><goals><goal>build</goal><goal>generate-code</goal></goals></execution></executions>
  </plugin></plugins></build>
</project>
XML

cat >src/main/java/a/Main.java <<'JAVA'
package a;

import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public class Main implements QuarkusApplication {
    @Override
    public int run(String... arguments) {
        System.out.println("started: " + MessageBundles.get(Messages.class).m1("a"));
        return 0;
    }
}
JAVA

for count in 300 301 401; do
  rm -rf target
  {
    echo 'package a;'
    echo '@io.quarkus.qute.i18n.MessageBundle'
    echo 'public interface Messages {'
    for ((i = 1; i <= count; i++)); do echo "@io.quarkus.qute.i18n.Message(\"text $i of {name}\") String m$i(String name);"; done
    echo '}'
  } >src/main/java/a/Messages.java
  ${MVN:-mvn} -B -q package -DskipTests >build.log 2>&1 || { tail -20 build.log; exit 1; }
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar target/quarkus-app/quarkus-run.jar >run.log 2>&1 || true
  printf '%s messages: ' "$count"
  grep -m1 -oE '^started|java.lang.VerifyError: [A-Za-z ]+' run.log || tail -3 run.log
done
