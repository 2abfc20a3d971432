// Five-minute values of every reading, from the bucket that keeps 90 days into the one
// that keeps all. Each is worked out again for a day, for what a home sends late.
import "date"

option task = {name: "heatpump five minutes", every: 15m, offset: 1m}

start = date.truncate(t: -1d, unit: 1h)
stop = date.truncate(t: now(), unit: 5m)
// What only grows, or is a state: the last value counts.
isLast = (r) => r._field =~ /(_wh|_hours|_peak_w)$/ or r._field =~ /^(battery_pct|starts|faults|tariff|power_failures)$/

readings =
    from(bucket: "heatpump_raw")
        |> range(start: start, stop: stop)
        |> filter(fn: (r) => r._measurement =~ /^hpm_(meter|heat_pump|circuit|house|submeter|probe)$/)

readings
    |> filter(fn: (r) => not isLast(r: r))
    |> aggregateWindow(every: 5m, fn: mean, createEmpty: false, timeSrc: "_start")
    |> to(bucket: "heatpump")

readings
    |> filter(fn: isLast)
    |> aggregateWindow(every: 5m, fn: last, createEmpty: false, timeSrc: "_start")
    |> to(bucket: "heatpump")
