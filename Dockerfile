# docker build -t tandem:0.1.0 .
# From a clean clone to an image without shell, build tools, tests and simulators. How it is run: docs/operate/kubernetes.md

# What a tag names changes. Before a release `.ci/renew-digests` puts the digests of today here: NAME:TAG@sha256:...
ARG BUILDER=docker.io/library/maven:3.9-eclipse-temurin-17
# A Java runtime and nothing else. Any whole one of Java 17 or later will do, or one with the modules that .ci/image names; its command must
# be /usr/bin/java.
ARG RUNTIME=gcr.io/distroless/java25-debian13:nonroot

FROM ${BUILDER} AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -Dmaven.test.skip -DskipTests -Dassembly.skipAssembly package

FROM ${RUNTIME} AS tandem
WORKDIR /app
COPY --from=build /src/target/lib lib
COPY --from=build /src/target/tandem.jar /src/target/tandem-sbom.json ./
COPY --from=build /src/routes routes
COPY --from=build /src/mappings mappings
COPY k8s/image/service.options k8s/image/command.options ./

# A trial run, which calls nobody, tells which classes are used; archived, they cost a start about half of its processor time less.
# In two steps, which need no archive of the runtime's own.
FROM tandem AS trial
RUN ["/usr/bin/java", "-XX:DumpLoadedClassList=/tmp/classes.list", "-cp", "/app/tandem.jar", "dev.tandem.TrialRun"]
RUN ["/usr/bin/java", "-Xshare:dump", "-XX:SharedClassListFile=/tmp/classes.list", "-XX:SharedArchiveFile=/tmp/classes.jsa", "-cp", "/app/tandem.jar"]

FROM tandem
COPY --from=trial /tmp/classes.jsa classes.jsa
# As a number: Kubernetes cannot see otherwise that it is not root.
USER 10001:10001
EXPOSE 8080 9876
# Who reaches the container's ports is its network's to say; probes and monitoring come from outside.
ENV TANDEM_MANAGEMENT_BIND=all
ENTRYPOINT ["/usr/bin/java", "@/app/service.options", "-jar", "/app/tandem.jar"]
CMD ["run"]
