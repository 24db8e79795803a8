package io.grayrelease.cli.ramp;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A percentage on the way up, {@code 5%}. */
record Step(BigDecimal percent) implements Comparable<Step> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,2})?\\s*%");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    /** A step of its text; throws {@link RampException} if that is no percentage of at most 100 with at most two decimals */
    static Step of(String text) {
        String trimmed = text.trim();
        if (!FORM.matcher(trimmed).matches()) {
            throw new RampException("\"" + trimmed + "\" is no step: a percentage with at most two decimals, as 0.25%");
        }
        Step step = new Step(
                new BigDecimal(trimmed.substring(0, trimmed.length() - 1).trim()));
        if (step.percent.compareTo(ALL) > 0) {
            throw new RampException("\"" + trimmed + "\" is no step: at most 100%");
        }
        return step;
    }

    /** Steps as an operator gives them: {@code 1%,5%,25%,100%}. */
    static List<Step> all(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : Arrays.asList(text.split(",", -1))) {
            Step step = of(part);
            if (!steps.isEmpty() && steps.get(steps.size() - 1).compareTo(step) >= 0) {
                throw new RampException("the steps must rise, but " + step + " follows " + steps.get(steps.size() - 1));
            }
            steps.add(step);
        }
        return steps;
    }

    boolean isNone() {
        return percent.signum() == 0;
    }

    @Override
    public int compareTo(Step other) {
        return percent.compareTo(other.percent);
    }

    @Override
    public String toString() {
        return percent.toPlainString() + "%";
    }
}
