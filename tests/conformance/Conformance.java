import java.io.FileInputStream;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/**
 * Checks PDF files with veraPDF: java Conformance.java FLAVOUR FILE...
 *
 * <p>Prints each rule that a file breaks, and how often. Ends with 0 if all conform, 1 if one does not, 2 if one cannot be read.
 */
class Conformance {
    public static void main(String[] arguments) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.fromString(arguments[0]);
        var worst = 0;
        for (var i = 1; i < arguments.length; i++) {
            worst = Math.max(worst, status(arguments[i], flavour));
        }
        System.exit(worst);
    }

    private static int status(String file, PDFAFlavour flavour) {
        var foundry = Foundries.defaultInstance();
        try (var stream = new FileInputStream(file);
                var parser = foundry.createParser(stream, flavour);
                var validator = foundry.createValidator(flavour, false)) {
            var result = validator.validate(parser);
            result.getFailedChecks().forEach((rule, times) ->
                System.out.printf("%s: %s: clause %s, test %d: %d times%n", file, flavour.getId(), rule.getClause(), rule.getTestNumber(), times));
            return result.isCompliant() && result.getTotalAssertions() > 0 ? 0 : 1;
        } catch (Exception | LinkageError trouble) {
            System.out.printf("%s: %s: cannot be checked: %s%n", file, flavour.getId(), trouble);
            return 2;
        }
    }
}
