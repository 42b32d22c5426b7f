#!/usr/bin/env bash
# Version: Hibernate ORM 7.2.14.Final (org.hibernate.orm:hibernate-core), H2 2.4.240.
#
# Behaviour: the plan of a native query is kept by its text, and the next execution takes it from there. Not so where the
# query is made with the class of its result, createNativeQuery(sql, Long.class): its key has the same hash as the last one
# and is not equal to it, so each execution makes a plan anew and keeps it beside the others, as many as the cache holds,
# among which the next one is looked for in vain. The same text without a class has one plan. (In Quarkus 3.33.2, whose
# cache is another, that search was half of the CPU of a page that asked one such question.)
#
# Output seen:
#   300 executions without a class: 1 plan
#   300 executions with Long.class: 64 plans
#
# Date: 2026-11-30. Needs a JDK 21 or later, Maven and Maven Central.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java/a

cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>a</groupId><artifactId>a</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>7.2.14.Final</version></dependency>
    <dependency><groupId>com.h2database</groupId><artifactId>h2</artifactId><version>2.4.240</version></dependency>
  </dependencies>
</project>
XML

cat >src/main/java/a/Main.java <<'JAVA'
package a;

import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.spi.SessionFactoryImplementor;

public class Main {
    public static void main(String[] arguments) {
        int without = plans(false);
        int with = plans(true);
        System.out.println("300 executions without a class: " + without + (without == 1 ? " plan" : " plans"));
        System.out.println("300 executions with Long.class: " + with + " plans");
        System.exit(without == 1 && with > 1 ? 0 : 1);
    }

    private static int plans(boolean typed) {
        Configuration configuration = new Configuration()
                .setProperty("hibernate.connection.url", "jdbc:h2:mem:a")
                .setProperty("hibernate.connection.pool_size", "1");
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            for (int i = 0; i < 300; i++) {
                factory.inTransaction(session -> {
                    if (typed) {
                        session.createNativeQuery("select 7", Long.class).getSingleResult();
                    } else {
                        session.createNativeQuery("select 7").getSingleResult();
                    }
                });
            }
            return factory.unwrap(SessionFactoryImplementor.class)
                    .getQueryEngine()
                    .getInterpretationCache()
                    .getNumberOfCachedQueryPlans();
        }
    }
}
JAVA

${MVN:-mvn} -B -q compile dependency:build-classpath -Dmdep.outputFile=classpath >build.log 2>&1 || { cat build.log >&2; exit 1; }
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/classes:$(cat classpath)" a.Main 2>run.log || { status=$?; tail -20 run.log >&2; exit "$status"; }
