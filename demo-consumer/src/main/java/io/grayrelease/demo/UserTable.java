package io.grayrelease.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;

/** A table of a few users: uid, tag, path. */
final class UserTable {
    private static final int ROWS = 10;

    /** Always shown, so that one user can be followed through the steps. */
    private static final long A_TESTER = 1001;

    private UserTable() {}

    static List<String> of(List<Answer> answers) {
        return AsciiTable.getTable(
                        AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS,
                        interesting(answers),
                        List.of(
                                new Column()
                                        .header("uid")
                                        .dataAlign(HorizontalAlign.RIGHT)
                                        .with(answer -> String.valueOf(answer.uid())),
                                left("tag").with(Answer::tag),
                                left("path").maxWidth(100).with(Answer::path)))
                .lines()
                .toList();
    }

    private static Column left(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT);
    }

    /** The tester, and in turn one of every kind of answer, in the order of their uids. */
    static List<Answer> interesting(List<Answer> answers) {
        Collection<List<Answer>> kinds = answers.stream()
                .collect(Collectors.groupingBy(
                        answer -> answer.tag() + " " + answer.path(), TreeMap::new, Collectors.toList()))
                .values();
        List<Answer> chosen = new ArrayList<>(
                answers.stream().filter(answer -> answer.uid() == A_TESTER).toList());
        for (int round = 0; chosen.size() < Math.min(ROWS, answers.size()); round++) {
            for (List<Answer> kind : kinds) {
                if (round < kind.size() && chosen.size() < ROWS && !chosen.contains(kind.get(round))) {
                    chosen.add(kind.get(round));
                }
            }
        }
        chosen.sort(Comparator.comparingLong(Answer::uid));
        return chosen;
    }
}
