//! Where people live, and how far that is.

/// Mean radius of the earth in kilometres (IUGG), the one the contract names.
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// No two places are further apart: half the way round the earth, 20,015.1 km, in whole kilometres.
pub const FARTHEST_KM: f64 = 20_016.0;

/// A point on the earth, WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// -90 to 90.
    pub latitude: f64,
    /// -180 to 180.
    pub longitude: f64,
}

/// Great-circle distance in kilometres by the haversine formula.
pub fn great_circle_km(from: Place, to: Place) -> f64 {
    let (lat_from, lat_to) = (from.latitude.to_radians(), to.latitude.to_radians());
    let half_lat = ((lat_to - lat_from) / 2.0).sin();
    let half_lon = ((to.longitude - from.longitude).to_radians() / 2.0).sin();
    let haversine = half_lat * half_lat + lat_from.cos() * lat_to.cos() * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * haversine.min(1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_equator_is_a_quarter_of_the_circle() {
        let from = Place { latitude: 0.0, longitude: 0.0 };
        let to = Place { latitude: 0.0, longitude: 90.0 };
        let quarter = EARTH_RADIUS_KM * std::f64::consts::FRAC_PI_2;
        assert!((great_circle_km(from, to) - quarter).abs() < 1e-9);
        assert!(great_circle_km(from, from).abs() < f64::EPSILON);
    }
}
