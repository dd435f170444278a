package org.ampay.store;

import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.impl.AbstractBinding;
import org.jspecify.annotations.Nullable;

/**
 * {@code DATETIME(3)} as an instant in UTC. By way of {@link LocalDateTime}, which the driver
 * passes on as it is: a {@code java.sql.Timestamp} would be shifted by the zone of this JVM. Finer
 * digits are cut here, because MariaDB cuts and MySQL rounds them.
 */
public final class InstantBinding extends AbstractBinding<LocalDateTime, Instant> {
  private static final long serialVersionUID = 1L;

  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private static final Converter<LocalDateTime, Instant> CONVERTER =
      Converter.ofNullable(
          LocalDateTime.class,
          Instant.class,
          stored -> stored.toInstant(ZoneOffset.UTC),
          InstantBinding::toStored);

  @Override
  public Converter<LocalDateTime, Instant> converter() {
    return CONVERTER;
  }

  private static LocalDateTime toStored(Instant instant) {
    return LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  @Override
  protected void sqlInline(BindingSQLContext<Instant> context) {
    LocalDateTime value = convert(context.value());
    context.render().sql(value == null ? "NULL" : "'" + LITERAL.format(value) + "'");
  }

  @Override
  public void set(BindingSetStatementContext<Instant> context) throws SQLException {
    LocalDateTime value = convert(context.value());
    if (value == null) {
      context.statement().setNull(context.index(), Types.TIMESTAMP);
    } else {
      context.statement().setObject(context.index(), value);
    }
  }

  @Override
  public void register(BindingRegisterContext<Instant> context) throws SQLException {
    context.statement().registerOutParameter(context.index(), Types.TIMESTAMP);
  }

  @Override
  public void get(BindingGetResultSetContext<Instant> context) throws SQLException {
    context
        .convert(converter())
        .value(context.resultSet().getObject(context.index(), LocalDateTime.class));
  }

  @Override
  public void get(BindingGetStatementContext<Instant> context) throws SQLException {
    context
        .convert(converter())
        .value(context.statement().getObject(context.index(), LocalDateTime.class));
  }

  private static @Nullable LocalDateTime convert(@Nullable Instant value) {
    return value == null ? null : toStored(value);
  }
}
