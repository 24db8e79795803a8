package io.grayrelease.cli.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.grayrelease.cli.Output;
import io.grayrelease.cli.Verdict;
import io.grayrelease.cli.text.PolicyText;
import io.grayrelease.cli.text.UnreadableException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code grayctl check}. */
@Command(
        name = "check",
        description = "Tells every problem of a policy, as the services would, before it is published. Warnings do not"
                + " make it fail.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:No errors: services would accept every policy.",
            "1:Errors: services would reject one.",
            "2:The command line was not understood.",
            "3:A policy cannot be read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  grayctl check policy.properties",
            "  grayctl check policies/*.properties --output json",
            "  grayctl check apollo:http://apollo-meta:8080/order-app/default/gray-policy"
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Parameters(arity = "1", paramLabel = "POLICY", description = "The policies to check: " + PolicyText.FORMS + ".")
    private final List<PolicyText> places = new ArrayList<>();

    @Override
    public Integer call() throws UnreadableException {
        List<Verdict> verdicts = new ArrayList<>();
        for (PolicyText place : places) {
            verdicts.add(Verdict.of(place));
        }
        return output.show(new CheckReport(verdicts));
    }
}
