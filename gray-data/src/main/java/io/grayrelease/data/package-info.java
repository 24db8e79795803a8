/**
 * Gray releases that change data: one table in two stores while the release is gray, ordered by one of them. Start reading at
 * {@link io.grayrelease.data.Migration}; {@code Applier} holds the rules by which nothing is lost. Where to look:
 *
 * <ul>
 *   <li>a write: {@code Writes}, {@code Tx}, {@code PrimaryRows}, {@code Fence}, {@code Outbox}; a read: {@code Migration}
 *   <li>an event on its way: {@code Immediate} and {@code Relay} (by {@code DirectRound} or {@code QueueRound}), {@code Applier},
 *       {@code TargetRows}, {@code DeadLetters}
 *   <li>which store is primary: {@code Wish}, {@code Facts} in {@code StateTable}, {@code Steward}, {@code Gates}, {@code Switch},
 *       {@code CaptureRound}
 *   <li>the copy: {@code Copy}, {@code CopyWorker}, {@code Copier}, {@code CopyRows}; chunks are shared by {@code Claims}
 *   <li>the comparison: {@code Compare}, {@code CompareWorker}, {@code Comparer}, {@code RangeCompare}, {@code RowHash},
 *       {@code Canon}; {@code Recheck} and {@code RowCheck} say what is no false alarm; {@code ShadowReads}
 *   <li>databases: {@code Dialect}, {@code Sql}, {@code Store}, {@code ColumnKind}
 *   <li>what people see: {@code MigrationStatus}, {@code MigrationLook}, {@code MigrationTool}, {@code MigrationMetrics}
 * </ul>
 */
package io.grayrelease.data;
