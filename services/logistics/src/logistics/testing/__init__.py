"""The small world that tests of logistics are told in: own couriers, a courier service with points, brass lamps to carry."""
