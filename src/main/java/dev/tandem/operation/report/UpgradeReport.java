package dev.tandem.operation.report;

import dev.tandem.outcome.OperationFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a release's routes and mappings differ from the edited ones.
 *
 * @param before the version from which the files were edited
 * @param now the version of this release
 * @param directory of the edited files
 * @param changed what this release changes and the directory does not have yet
 * @param kept how many files are edited and the same in both releases: nothing to do
 */
public record UpgradeReport(String before, String now, String directory, List<Changed> changed, int kept)
        implements Report {
    /** What this release does with a file. */
    public enum Change {
        NEW,
        CHANGED,
        GONE
    }

    /**
     * One file.
     *
     * @param edited whether somebody has edited or removed it since the release before
     * @param taken whether the one of this release is in its place now
     * @param difference from the release before to this one, as a unified diff; only of what is edited
     */
    public record Changed(String file, Change change, boolean edited, boolean taken, List<String> difference) {
        private String todo() {
            if (taken) {
                return "nothing: taken";
            }
            if (edited) {
                return "merge what the release changes, below";
            }
            return change == Change.GONE ? "remove it, or --take" : "copy it, or --take";
        }
    }

    @Override
    public int exitCode() {
        return changed.stream().allMatch(Changed::taken) ? 0 : OperationFailed.WRONG;
    }

    public ReportText text() {
        ReportText text = new ReportText()
                .sentences("Files of Tandem " + now + " beside those in " + directory + ", edited from " + before + ":")
                .table(new Table<>(changed)
                        .column("file", Changed::file)
                        .column("release", file -> file.change().name().toLowerCase(Locale.ROOT))
                        .column("yours", file -> file.edited() ? "edited" : "as shipped")
                        .column("to do", Changed::todo));
        List<String> end = new ArrayList<>();
        if (changed.isEmpty()) {
            end.add("This release changes no file that you do not have.");
        }
        if (kept > 0) {
            end.add(kept + (kept == 1 ? " file is" : " files are") + " edited and the same in both releases: keep "
                    + (kept == 1 ? "it." : "them."));
        }
        text.sentences(end);
        changed.stream().filter(Changed::edited).forEach(file -> text.sentences(
                        "What the release changes in " + file.file() + ":")
                .verbatim(file.difference()));
        return text;
    }
}
