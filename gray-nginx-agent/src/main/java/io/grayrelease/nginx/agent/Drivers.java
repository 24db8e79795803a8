package io.grayrelease.nginx.agent;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;

/** Makes the driver that the settings name. */
interface Drivers {
    /**
     * A driver that has touched neither files nor Nginx yet.
     *
     * @throws DriveException if this Nginx cannot be driven that way
     */
    NginxDriver open(AgentSettings settings) throws DriveException;
}
