package io.grayrelease.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with a property, instead of a stack trace. */
final class WrongPropertyAnalyzer extends AbstractFailureAnalyzer<WrongProperty> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, WrongProperty cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), "Give the property a value as expected.", cause);
    }
}
