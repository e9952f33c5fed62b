package dev.tandem.demo;

import java.nio.file.Path;
import java.util.List;

/** The packaged jar, in a process of this machine. */
record JarLauncher(Path jar) implements Launcher {
    @Override
    public List<String> command(Path directory) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString());
    }

    @Override
    public String shown() {
        return "java -jar " + Demo.shown(jar);
    }

    @Override
    public void kill(Process running) {
        running.destroyForcibly();
    }
}
